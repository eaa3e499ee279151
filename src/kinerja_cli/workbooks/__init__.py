"""Spreadsheets in and out: hostile files refused, rows that know their address, one styled writer."""
