"""Passkey data from a browser and a person, read without trusting it."""

import hashlib
import json
import re
import struct
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.fields.names import NameField

LONGEST_NAME = 80
LONGEST_CREDENTIAL = 20_000
"""Several times the size of a security key's attestation. [characters]"""
CODED = re.compile(r"[\w=-]*", re.ASCII)
"""base64url, and the few plain words in a credential ("public-key")."""
ABOUT = ("id", "rawId", "type", "authenticatorAttachment")
ANSWERED = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
OF_DAMAGED_BYTES = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError),
    *(struct.error, InvalidSignature, UnsupportedAlgorithm),
)
"""What the readers of JSON, CBOR and keys raise on damaged input."""
REMEMBERED_S = 600
WRONG = "incorrect_code"
"""What allauth calls a wrong proof of any kind."""
NOT_ACCEPTED = _("This passkey was not accepted. Try again.")


def known_parts(credential: Any) -> dict[str, Any]:
    """Return the members of a credential that WebAuthn defines, without any others.

    The credential is stored whole and read again whenever the keys are listed.

    Raises
    ------
    TypeError
        If it is not a credential.
    """
    if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
        raise TypeError("a credential is an object with a response")
    parts = _coded(credential, ABOUT) | {"response": _coded(credential["response"], ANSWERED)}
    extensions = credential.get("clientExtensionResults")
    about = extensions.get("credProps") if isinstance(extensions, dict) else None
    is_resident = about.get("rk") if isinstance(about, dict) else None
    if isinstance(is_resident, bool):
        parts["clientExtensionResults"] = {"credProps": {"rk": is_resident}}
    return parts


def _coded(sent: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    texts = {name: sent[name] for name in names if isinstance(sent.get(name), str)}
    return {name: text for name, text in texts.items() if CODED.fullmatch(text)}


class CredentialField(forms.JSONField):
    """The browser's description of a key. A redisplayed form omits it."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid": NOT_ACCEPTED}

    def to_python(self, value: Any) -> Any:
        try:
            if len(str(value).encode()) > LONGEST_CREDENTIAL:
                raise ValueError("too long")
            credential = super().to_python(value)
            return None if credential is None else known_parts(credential)
        except (ValueError, TypeError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> str:
        return ""

    def prepare_value(self, value: Any) -> str:
        return ""


def _refused() -> ValidationError:
    return ValidationError(NOT_ACCEPTED, WRONG)


def _refuse_replayed(credential: dict[str, Any]) -> None:
    """Refuse a response that was used before, as when a request is sent several times at once.

    The session holds one challenge, but several requests may read it before the first removes it.
    """
    response = json.dumps(credential["response"], sort_keys=True).encode()
    if not cache.add(f"passkey-{hashlib.sha256(response).hexdigest()}", True, REMEMBERED_S):
        raise _refused()


class NewPasskeyForm(AddWebAuthnForm):
    name = NameField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        try:
            values: dict[str, Any] = super().clean()
            if "credential" in values:
                _refuse_replayed(values["credential"])
            return values
        except ValidationError as error:
            raise (_refused() if error.code == WRONG else error) from None
        except ImmediateHttpResponse:
            raise
        except OF_DAMAGED_BYTES:
            raise _refused() from None


class RenamedPasskeyForm(EditWebAuthnForm):
    name = NameField(label=_("Name"), max_length=LONGEST_NAME)


class PasskeyProof(forms.Form):
    """A form that reads proof by passkey; damaged proof counts as wrong."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        try:
            key: Authenticator = super().clean_credential()  # type: ignore[misc]
            _refuse_replayed(self.cleaned_data["credential"])
            return key
        except ValidationError as error:
            raise (_refused() if error.code == WRONG else error) from None
        except ImmediateHttpResponse:
            raise
        except OF_DAMAGED_BYTES:
            raise _refused() from None


class PasskeyForm(PasskeyProof, AuthenticateWebAuthnForm):
    """The passkey as the second factor."""

    credential = CredentialField()


class PasskeySignInForm(PasskeyProof, LoginWebAuthnForm):
    credential = CredentialField()


class PasskeyAgainForm(PasskeyProof, ReauthenticateWebAuthnForm):
    credential = CredentialField()
