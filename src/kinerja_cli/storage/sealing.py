"""Encryption of backups with age: for the public keys of recipients, opened with a secret key kept elsewhere."""

from collections.abc import Iterable
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, cast

from kinerja_cli.errors import Exit, KinerjaError, UsageError

ENDING: Final = ".age"
"""What the name of an encrypted backup ends in."""

_HEADER: Final = b"age-encryption.org/v1\n"


class AgeMissing(KinerjaError):
    """The part of the program that encrypts is not installed."""

    code = "age-missing"
    exit = Exit.REFUSED

    def __init__(self) -> None:
        super().__init__(
            _("Encrypted backups need the library pyrage, which is not installed."),
            _("Install it with `pip install kinerja-cli[age]`. Nothing was written."),
        )


class IdentityWrong(KinerjaError):
    """No secret key that was given opens the backup, or what it opens is broken."""

    code = "identity-wrong"
    exit = Exit.REJECTED

    def __init__(self, backup: Path, reason: str) -> None:
        super().__init__(
            _("{file} cannot be decrypted: {reason}.").format(file=backup, reason=reason),
            _("--identity must name the file with the secret key of one of the recipients."),
        )


class _Age(Protocol):
    """What is used of pyrage, which says nothing of its types."""

    DecryptError: type[Exception]
    x25519: Any
    ssh: Any

    def encrypt_file(self, source: str, target: str, recipients: list[object]) -> None:
        """Encrypt a file."""

    def decrypt_file(self, source: str, target: str, identities: list[object]) -> None:
        """Decrypt a file."""


def is_sealed(path: Path) -> bool:
    """Whether a file is encrypted with age, judged by what is in it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def read_recipients(keys: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Public keys as given, and those of files, one a line; `#` begins a comment. Raises UsageError, AgeMissing."""
    wanted = [key.strip() for key in keys]
    for file in files:
        lines = [line.strip() for line in _lines(file)]
        listed = [line for line in lines if line and not line.startswith("#")]
        if not listed:
            raise UsageError(
                _("{file} holds no public key.").format(file=file),
                _("It has one key a line: age1… as age-keygen prints it, or a public key of ssh."),
            )
        wanted += listed
    if wanted:
        age = _age()
        for key in wanted:
            _recipient(age, key)
    return wanted


def seal(source: Path, target: Path, recipients: Iterable[str]) -> None:
    """Encrypt a file into another one that exists and is empty."""
    age = _age()
    age.encrypt_file(str(source), str(target), [_recipient(age, key) for key in recipients])


def unseal(source: Path, target: Path, identity: Path) -> None:
    """Decrypt a file into another one that exists and is empty. Raises IdentityWrong, UsageError, AgeMissing."""
    age = _age()
    try:
        age.decrypt_file(str(source), str(target), _identities(age, identity))
    except age.DecryptError as error:
        raise IdentityWrong(source, str(error)) from error


def _age() -> _Age:
    try:
        return cast("_Age", import_module("pyrage"))
    except ImportError as error:
        raise AgeMissing from error


def _recipient(age: _Age, key: str) -> object:
    kind = age.ssh if key.startswith("ssh-") else age.x25519
    try:
        recipient: object = kind.Recipient.from_str(key)
    except Exception as error:
        raise UsageError(
            # A secret key given by mistake must not be printed.
            _("What was given as a recipient is no public key of age or ssh."),
            _("Public keys look like age1… or ssh-ed25519 …; never give the secret key here."),
        ) from error
    return recipient


def _identities(age: _Age, file: Path) -> list[object]:
    """The secret keys of a file: those of age, one a line, or one of ssh."""
    lines = [line.strip() for line in _lines(file)]
    secrets = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        if secrets:
            return [age.x25519.Identity.from_str(line) for line in secrets]
        return [age.ssh.Identity.from_buffer(file.read_bytes())]
    except Exception as error:
        raise UsageError(
            _("{file} holds no secret key of age or ssh.").format(file=file),
            _("--identity names the file that age-keygen wrote, or a private key of ssh without a password."),
        ) from error


def _lines(file: Path) -> list[str]:
    """The lines of a file of keys; the system's own error where it cannot be read."""
    return file.read_text(encoding="utf-8", errors="replace").splitlines()
