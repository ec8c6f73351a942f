"""An actor's own signature, checked before an act goes anywhere."""

from base64 import b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.access.register import REGISTER, Register
from domain.access.rights import Denied
from domain.access.signing import UNSIGNED, lacking, signed_object
from domain.submission import ActorSignature, Submission
from domain.text import Text
from yishi.access.principal import Principal
from yishi.ledger.canonical import canonical
from yishi.ledger.reader import LedgerReader
from yishi.ledger.signatures import fits

NOT_SIGNABLE = Denied(
    "unsignable", Text("写有姓名的登记不能签名", "an act that brings names in clear cannot be signed")
)
NOT_FITTING = Denied(
    "signature",
    Text(
        "签名与所办事项不符:会议、编号、时间、内容、期限和法规版本都在签名之内",
        "the signature is not over this act: session, id, time, content, deadline and edition are all under it",
    ),
)
OTHER_EDITION = Denied(
    "edition",
    Text("签名时的法规版本不是本次会议的版本", "what was signed names another edition of the law than the session's"),
)


def checked_signature(
    ledger: LedgerReader, who: Principal, submission: Submission, now: datetime
) -> ActorSignature | Denied | None:
    """The signature as it is kept, with what was signed; None when there is none and none is needed; or why it does not hold.

    What may change until its turn comes (deadline, key, whether it is owed) is judged once more where it is recorded. An act that was
    answered already is not held to its deadline: sent again it gets the same answer.
    """
    signature, entered = submission.signature, who.entering(submission.act, submission.actor)
    if signature is None and entered.person is None:
        return None
    register: Register = ledger.state(REGISTER)
    if signature is None:  # what the door writes of itself excuses nobody
        as_said = entered.model_copy(update={"on_behalf_of": submission.actor.on_behalf_of})
        return lacking(register, as_said, None, now)
    if submission.act in UNSIGNED:
        return NOT_SIGNABLE
    known = ledger.answer_of(submission.command_id) is not None
    if (lacks := lacking(register, entered, signature, signature.deadline if known else now)) is not None:
        return lacks
    key = register.keys[signature.key]
    signed = signed_object(submission, signature.deadline, signature.edition)
    if not fits(key.public, signature.value, signed):
        return NOT_FITTING
    if not known and signature.edition and signature.edition != _edition(ledger, submission.stream):
        return OTHER_EDITION
    return signature.model_copy(update={"signed": signed})


def sign(
    key: Ed25519PrivateKey, key_id: str, submission: Submission, deadline: datetime, edition: str = ""
) -> ActorSignature:
    """A signature as it is sent with an act: for programs in Python; docs/access.md has the bytes for all others."""
    value = key.sign(canonical(signed_object(submission, deadline, edition)))
    return ActorSignature(key=key_id, deadline=deadline, edition=edition, value=b64encode(value).decode())


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half, as it is registered."""
    return b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _edition(ledger: LedgerReader, stream: str) -> str:
    state = ledger.state("/".join([*stream.split("/")[:2], "session", "1"]))
    return str(state.edition)
