"""Check the proof in this folder: `python3 verify_proof.py [A-CHECKPOINT-FILE-OF-YOUR-OWN]`.

It needs Python 3 and nothing else. Written to be read: RFC 6962, section 2.1, in two functions.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path


def sha256(data: bytes) -> bytes:
    """Return the digest of *data*."""
    return hashlib.sha256(data).digest()


def root_by(path: "list[bytes]", leaf: bytes, index: int, size: int) -> "bytes | None":
    """Return the root to which the hashes beside the way lead (RFC 9162, section 2.1.3.2)."""
    last = size - 1
    for beside in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            leaf = sha256(b"\x01" + beside + leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha256(b"\x01" + leaf + beside)
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else None


def check(folder: Path, checkpoint: Path) -> str:
    """Return what is wrong with the proof in *folder*; empty: nothing."""
    said = (folder / "record.json").read_bytes()
    proof = json.loads((folder / "proof.json").read_text("utf-8"))
    origin, size, root = checkpoint.read_text("utf-8").split("\n")[:3]
    if int(size) != proof["size"]:
        return f"the proof is for a ledger of {proof['size']} leaves, the checkpoint of {size}"
    path = [bytes.fromhex(beside) for beside in proof["path"]]
    found = root_by(path, sha256(b"\x00" + said), proof["leaf"], proof["size"])
    if not 0 <= proof["leaf"] < proof["size"] or found != base64.b64decode(root):
        return "the record is not in the ledger that the checkpoint is of"
    body = folder / "body"
    digest = json.loads(said).get("body_sha256")
    if body.exists() and hashlib.sha256(body.read_bytes()).hexdigest() != digest:
        return "the body is not the one that the record names"
    print(f"Leaf {proof['leaf']} of {size} of {origin}: {proof['kind']}, as in record.json.")  # noqa: T201 (it speaks to a reader)
    return ""


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "checkpoint.txt"
    wrong = check(here, given)
    print(wrong or "The proof holds.")  # noqa: T201
    sys.exit(5 if wrong else 0)
