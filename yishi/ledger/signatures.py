"""Actors' own signatures: Ed25519 (RFC 8032) over the canonical bytes of what was asked."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from domain.access.register import REGISTER, AccessDenied, Register, evolve
from domain.attempts import AttemptRefused
from yishi.ledger.canonical import canonical
from yishi.ledger.checks import Row
from yishi.ledger.errors import NotCanonical
from yishi.ledger.mapper import Envelope
from yishi.ledger.verification import Report


def fits(public: str, signature: str, signed: Mapping[str, Any]) -> bool:
    """Whether a signature (Base64) of a public key (Base64) is over the canonical bytes of what was signed."""
    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(public, validate=True))
        key.verify(b64decode(signature, validate=True), canonical(signed))
    except (InvalidSignature, ValueError, NotCanonical):
        return False
    return True


class SignatureCheck:
    """Every signature kept is the actor's own and over this act; and whoever must sign has signed.

    Keys count from where the record registers them to where it revokes them. The operator has no private key of anybody's: an act
    that he put into the record in a deputy's name fails here.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._register = Register()

    def see(self, row: Row, envelope: Envelope[Any]) -> None:
        if envelope.stream == REGISTER:
            self._register = evolve(self._register, envelope.data)
        if envelope.signature is not None:
            if fault := self._fault(envelope):
                self._report("actor_signature", row.position, detail=fault)
        elif self._register.owes(envelope.actor) and not isinstance(envelope.data, AttemptRefused | AccessDenied):
            self._report("actor_signature", row.position, detail=f"{envelope.actor.person} 未签名 / did not sign")

    def _fault(self, envelope: Envelope[Any]) -> str:
        signature = envelope.signature
        assert signature is not None
        key, signed = self._register.standing(signature.key), signature.signed
        if key is None:
            return f"没有这个公钥 / no such key: {signature.key}"
        if signed is None:
            return "没有签名原文 / what was signed is missing"
        if not fits(key.public, signature.value, signed):
            return "签名不符 / the signature does not fit"
        actor = signed.get("actor")
        said = {
            "nonce": (signed.get("nonce"), envelope.command_id),
            "stream": (_house(signed.get("stream")), _house(envelope.stream)),
            "office": (actor.get("office") if isinstance(actor, dict) else None, envelope.actor.office),
            "person": (key.person, envelope.actor.person),
            "deadline": (signed.get("deadline"), signature.deadline.isoformat()),
            "edition": (signed.get("edition"), signature.edition),
            "evidence": (signed.get("evidence"), [each.sha256 for each in envelope.evidence]),
            "reason": (signed.get("reason"), envelope.reason),
        }
        wrong = [name for name, (theirs, ours) in said.items() if theirs != ours]
        if envelope.recorded_at > signature.deadline:
            wrong.append("deadline")
        if not _same_moment(signed.get("at"), envelope.data.at):
            wrong.append("at")
        return "、".join(dict.fromkeys(wrong)) + " ≠" if wrong else ""


def _house(stream: Any) -> str:
    """The session to which a stream belongs: an act may write beside its own stream, never beside its session."""
    return "/".join(str(stream).split("/")[:2])


def _same_moment(said: Any, at: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(said)) == at
    except ValueError:
        return False
