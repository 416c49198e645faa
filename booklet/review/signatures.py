"""Signatures of approvals, made and verified by OpenSSH with the key of the one who approves.

What is signed is an entry's seal on a line of its own, which follows from all that the entry and
those above it say, the words' fingerprint among it (`booklet.review.integrity`). Whose keys count
is said in `allowed_signers` of the content folder, in the form of ssh-keygen(1), ALLOWED SIGNERS.
Private keys are read by `ssh-keygen` alone.
"""

import re
import shutil
import subprocess
from pathlib import Path

from booklet.content.folder import REVIEW_FILE
from booklet.content.review_file import Entry
from booklet.problems import MissingOnMachine, WrongUsage
from booklet.review.record import SNAPSHOTS

SIGNERS = "allowed_signers"
"""The file of the content folder with a line for each person who approves: name and key."""
NAMESPACE = "booklet-approval"
"""What the signatures are for: one that the same key gave to anything else is none of these."""
_PROGRAM = "ssh-keygen"
_NO_PROGRAM = (
    f"signatures are made and verified by `{_PROGRAM}`, which is not on this machine; install "
    "OpenSSH (on Debian or Ubuntu, `openssh-client`)"
)
_BACK = f"bring {REVIEW_FILE} and the folder {SNAPSHOTS} back from a copy of this booklet's folder"
_KEY = re.compile(r"\d+ (SHA256:\S+) ")
_GOOD = re.compile(r"Good .* signature for .* with \S+ key (SHA256:\S+)")
_NO_NAME = frozenset(',"*?!')
"""What has a meaning of its own in `allowed_signers`, and in no name that stands there."""


def signature_name(entry: Entry) -> str:
    """Where the signature of a sealed entry is kept, from the booklet's folder.

    The same words may be approved again, so that their code is not enough of a name.
    """
    return f"{SNAPSHOTS}/{entry.version}_{entry.code}_{(entry.seal or '')[:8]}.sig"


def fingerprint_of(key: Path) -> str:
    """The fingerprint of a key, as `SHA256:…`; its secret half is not asked for.

    `WrongUsage` where the file is no key; `MissingOnMachine` where there is no OpenSSH.
    """
    done = _run("-l", "-f", str(key)) if key.is_file() else None
    if (
        done
        and done.returncode == 0
        and (found := _KEY.match(done.stdout.decode(errors="replace")))
    ):
        return found[1]
    raise WrongUsage(
        f"--sign {key}: this is no key that `{_PROGRAM}` can read; name your private key, such as "
        "~/.ssh/id_ed25519"
    )


def sign(key: Path, seal: str) -> bytes:
    """The signature of a seal; `ssh-keygen` asks for a passphrase, or for a touch of the key.

    `WrongUsage` where there is none in the end.
    """
    told = ("-Y", "sign", "-f", str(key), "-n", NAMESPACE)
    # What it asks for is seen by the person: its own words go to the terminal.
    done = subprocess.run(
        [_program(), *told], input=_message(seal), stdout=subprocess.PIPE, check=False
    )
    if done.returncode or not done.stdout:
        raise WrongUsage(
            f"--sign {key}: `{_PROGRAM}` made no signature, so nothing was changed; its words "
            "above say why"
        )
    return done.stdout


def wrong_name(name: str) -> str | None:
    """Why a person of this name cannot sign; `None` where they can."""
    if odd := sorted(_NO_NAME & set(name)):
        signs = " ".join(odd)
        return f"a name with {signs} in it cannot stand in {SIGNERS}; write it without, here too"
    return None


def wrong_signature(content: Path, entry: Entry, signature: Path) -> str | None:
    """Why a kept signature is not that of the person an entry names; `None` where it is.

    A key has to be allowed at the end of the entry's day, by this machine's time.
    """
    signers = content / SIGNERS
    if not signers.is_file():
        return f"there is no file {signers} that says whose key is whose; {_line_for(entry)}"
    if not signature.is_file():
        return f"{signature} is not there; bring it back from a copy of this folder"
    try:
        done = _verified(signers, entry, signature)
    except MissingOnMachine as error:
        return str(error)
    good = _GOOD.match(done.stdout.decode(errors="replace"))
    if done.returncode or good is None:
        said = " ".join(done.stderr.decode(errors="replace").split())
        why = f" ({_PROGRAM} says: {said})" if said else ""
        return (
            f"by {signers} it is not that of {entry.by} over this entry{why}; {_line_for(entry)}, "
            f"else {_BACK}"
        )
    if good[1] != entry.signed_with:
        return f"it is by another key, {good[1]}; {_BACK}"
    return None


def _line_for(entry: Entry) -> str:
    """What to do where the key is not known as that of the person."""
    return (
        f'if the key {entry.signed_with} is theirs, a line of it is `"{entry.by}" ` and their '
        "public key"
    )


def _verified(signers: Path, entry: Entry, signature: Path) -> "subprocess.CompletedProcess[bytes]":
    day = f"verify-time={entry.on:%Y%m%d}235959"
    whose = ("-f", str(signers), "-I", entry.by, "-n", NAMESPACE, "-s", str(signature), "-O", day)
    return _run("-Y", "verify", *whose, words=_message(entry.seal or ""))


def _message(seal: str) -> bytes:
    return f"{seal}\n".encode()


def _run(*arguments: str, words: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """`ssh-keygen` with these arguments, fed the words; it can ask nobody anything."""
    return subprocess.run([_program(), *arguments], input=words, capture_output=True, check=False)


def _program() -> str:
    if found := shutil.which(_PROGRAM):
        return found
    raise MissingOnMachine(_NO_PROGRAM)
