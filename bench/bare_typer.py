"""The smallest Typer program there is with a version and a help: what `kinerja` may not be much slower than."""

from typing import Annotated

import typer

app = typer.Typer()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo("bare 1.0")
        raise typer.Exit


@app.command()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Do nothing."""
    del version


if __name__ == "__main__":
    app()
