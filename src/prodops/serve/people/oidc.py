"""Sign-in by an identity provider: OpenID Connect, authorization code with PKCE, every claim checked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from prodops.serve.people.accounts import Clock, clock
from prodops.serve.people.door import Provider
from prodops.serve.people.roles import PeopleError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

DISCOVERY = "/.well-known/openid-configuration"

SCOPE = "openid email profile"

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key that only the provider has; `none` and shared secrets are not among them."""

LEEWAY_SECONDS = 60
"""How far the provider's clock and ours may differ."""

KNOWN_FOR, KEYS_AT_MOST_EVERY = timedelta(hours=1), timedelta(seconds=30)
"""How long what the provider says of itself holds, and how often an unknown key makes us ask again."""

TIMEOUT_SECONDS, MOST_BYTES = 10.0, 1_000_000

AGAIN = "Begin again at the sign-in page."


class ProviderError(PeopleError):
    """The provider did not vouch for somebody; the reason is one word for the access log.

    Attributes:
        reason: What was wrong.
    """

    def __init__(self, reason: str, says: str, *, remedy: str = AGAIN) -> None:
        """Keep the reason beside the two sentences."""
        super().__init__(says, remedy=remedy)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in on its way: what only this browser knows until it comes back.

    Attributes:
        state: Comes back with the browser.
        nonce: Comes back inside the signed token.
        verifier: Proves that who fetches the token is who asked for the code.
    """

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Somebody for whom the provider vouches.

    Attributes:
        issuer: The provider.
        subject: Its own key of them.
        email: Their address, verified by the provider.
        name: As it writes them.
    """

    issuer: str
    subject: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the provider says of itself.

    Attributes:
        issuer: Its name in tokens.
        authorize: Where the browser is sent.
        token: Where the code is exchanged.
        keys: Where its keys stand.
        userinfo: Where claims stand that the token leaves out; empty for none.
        posts_secret: Whether it takes the client's secret in the form alone.
        at: When it said so.
    """

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str
    posts_secret: bool
    at: datetime


class SignInByProvider:
    """Sends browsers to the provider, and reads what they bring back."""

    def __init__(self, provider: Provider, *, clock: Clock = clock) -> None:
        """Take the settings; the provider is asked with the first sign-in."""
        self.provider = provider
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Known | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    def begin(self, back: str) -> tuple[Begun, str]:
        """A sign-in, and the address that the browser is sent to.

        Args:
            back: The address of this site that it comes back to.

        Raises:
            ProviderError: The provider cannot be reached, or says strange things of itself.
        """
        begun = Begun(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code", "client_id": self.provider.client, "redirect_uri": back, "scope": SCOPE,
            "state": begun.state, "nonce": begun.nonce, "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }  # fmt: skip
        where = self._discovered().authorize
        return begun, f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"

    def finish(self, code: str, begun: Begun, back: str) -> Vouched:
        """Who came back.

        Args:
            code: What the provider gave the browser.
            begun: The sign-in as it was begun.
            back: The address that the browser came back to.

        Raises:
            ProviderError: The provider does not vouch for them, or what it says cannot be trusted.
        """
        known = self._discovered()
        answer = self._exchanged(known, code, begun, back)
        token = self._signed(known, str(answer.get("id_token", "")))
        claims = checked(token, known.issuer, self.provider.client, begun.nonce, now=self._clock())
        if "email" not in claims and known.userinfo:
            told = _object(_ask("GET", known.userinfo, bearer=str(answer.get("access_token", ""))))
            if told.get("sub") != claims["sub"]:
                raise ProviderError("subject", "The provider told of somebody else.")
            claims = {**told, **claims}
        return vouched(claims, known.issuer, self.provider.vouched)

    def gives_account(self, email: str) -> bool:
        """Whether an address of this domain is given an account."""
        return email.rpartition("@")[2].casefold() in self.provider.domains

    def _exchanged(self, known: Known, code: str, begun: Begun, back: str) -> dict[str, Any]:
        """What the provider gives for a code."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back,
            "code_verifier": begun.verifier, "client_id": self.provider.client,
        }  # fmt: skip
        secret = self._secret()
        if secret and known.posts_secret:
            form["client_secret"] = secret
        basic = (self.provider.client, secret) if secret and not known.posts_secret else None
        return _object(_ask("POST", known.token, form=form, basic=basic))

    def _secret(self) -> str:
        if self.provider.secret_file is None:
            return self.provider.secret
        try:
            return self.provider.secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ProviderError(
                "secret", "This site cannot read its own secret.",
                remedy="Ask whoever runs it to look at PRODOPS_OIDC_CLIENT_SECRET_FILE.",
            ) from error  # fmt: skip

    def _discovered(self) -> Known:
        """What the provider says of itself, asked once an hour."""
        with self._lock:
            if self._known is None or self._known.at + KNOWN_FOR < self._clock():
                told = _object(_ask("GET", self.provider.issuer.rstrip("/") + DISCOVERY))
                self._known = _known(told, self.provider, self._clock())
            return self._known

    def _signed(self, known: Known, text: str) -> Token:
        """The token, signed by a key of the provider; keys that we do not know yet are asked for."""
        from joserfc import jwt  # lazy: only this sign-in needs it
        from joserfc.errors import JoseError  # lazy: the same

        for fresh in (False, True):
            try:
                return jwt.decode(text, self._key_set(known, fresh=fresh), algorithms=list(ALGORITHMS))
            except (JoseError, ValueError, TypeError) as error:
                fault = error
        raise ProviderError("signature", "What the provider sent is not signed by it.") from fault

    def _key_set(self, known: Known, *, fresh: bool) -> KeySet:
        from joserfc.jwk import KeySet  # lazy: only this sign-in needs it

        now = self._clock()
        with self._lock:
            held = self._keys
            if held is not None and (now - held[1] < KEYS_AT_MOST_EVERY or not fresh):
                return held[0]
            told: Any = _object(_ask("GET", known.keys))
            self._keys = (KeySet.import_key_set(told), now)
            return self._keys[0]


def checked(token: Token, issuer: str, client: str, nonce: str, *, now: datetime) -> dict[str, Any]:
    """The claims of a token that is meant for us, now and for this sign-in (OpenID Connect Core 3.1.3.7).

    Args:
        token: Its signature holds.
        issuer: Who must have made it.
        client: Whom it must be meant for.
        nonce: What this sign-in was begun with.
        now: The moment.

    Raises:
        ProviderError: It is another's, was made for another, is over, or is not of this sign-in.
    """
    from joserfc.errors import JoseError  # lazy: only this sign-in needs it
    from joserfc.jwt import JWTClaimsRegistry  # lazy: the same

    rules = JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    claims = token.claims
    try:
        rules.validate(claims)
    except (JoseError, ValueError, TypeError) as error:
        reason = f"claim {getattr(error, 'claim', '')}".strip()
        raise ProviderError(reason, "What the provider sent was not meant for this sign-in.") from error
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client) != client or (len(audiences) > 1 and "azp" not in claims):
        raise ProviderError("claim azp", "What the provider sent was meant for another site.")
    return claims


def vouched(claims: Mapping[str, Any], issuer: str, believed: Collection[str] = ()) -> Vouched:
    """The person of checked claims.

    Args:
        claims: What the provider says.
        issuer: The provider.
        believed: Domains whose addresses are believed where it says nothing of having verified them; where it
            says that it has not, no address is.

    Raises:
        ProviderError: The provider does not vouch for their address.
    """
    email = claims.get("email")
    if not isinstance(email, str) or not email:
        raise ProviderError(
            "no address", "The provider tells no e-mail address of yours.",
            remedy="Ask whoever runs the provider to tell this site the e-mail address.",
        )  # fmt: skip
    said = claims.get("email_verified")
    handed_out = "email_verified" not in claims and email.rpartition("@")[2].casefold() in believed
    if said is not True and not handed_out:
        raise ProviderError(
            "unverified address", "The provider has not verified your e-mail address.",
            remedy="Verify it there, then sign in again.",
        )  # fmt: skip
    name = claims.get("name")
    return Vouched(
        issuer=issuer, subject=str(claims["sub"]), email=email, name=name if isinstance(name, str) else ""
    )


def _known(told: Mapping[str, Any], provider: Provider, at: datetime) -> Known:
    """What the provider says of itself, where it is the one that was set."""
    issuer = told.get("issuer")
    if not isinstance(issuer, str) or issuer.rstrip("/") != provider.issuer.rstrip("/"):
        raise _strange("issuer")
    found = {name: told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    plain = urlsplit(provider.issuer).scheme == "http"
    for name, address in found.items():
        if not isinstance(address, str) or urlsplit(address).scheme not in ("https", *(("http",) * plain)):
            raise _strange(name)
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Known(
        issuer=issuer,
        authorize=str(found["authorization_endpoint"]),
        token=str(found["token_endpoint"]),
        keys=str(found["jwks_uri"]),
        userinfo=str(told.get("userinfo_endpoint") or ""),
        posts_secret="client_secret_post" in ways and "client_secret_basic" not in ways,
        at=at,
    )


def _strange(what: str) -> ProviderError:
    return ProviderError(
        what, f"The identity provider says something strange of itself ({what}).",
        remedy="Ask whoever runs this site to look at PRODOPS_OIDC_ISSUER.",
    )  # fmt: skip


def _ask(
    method: str,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    basic: tuple[str, str] | None = None,
    bearer: str = "",
) -> bytes:
    """What the provider answers; it is led nowhere else, waited for briefly, and read only so far."""
    import httpx2  # lazy: only this sign-in asks another machine

    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    taken = b""
    try:
        with (
            httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client,
            client.stream(method, address, data=form, headers=headers, auth=basic) as response,
        ):
            for part in response.iter_bytes():
                taken += part
                if len(taken) > MOST_BYTES:
                    break
            status = response.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ProviderError(
            "no answer", "The identity provider does not answer.", remedy="Try again in a minute."
        ) from error
    if status != 200:
        raise ProviderError(f"status {status}", "The identity provider refused this sign-in.")
    return taken


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderError("no object", "The identity provider answered with something else.")
    return found
