"""A security key in software, held to a browser that is on some site."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


@dataclass
class Chiave:
    """`make` and `sign` answer what a page asks with, as the browser on `origin` would post it."""

    seed: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: os.urandom(16))
    owner: str = ""
    made_for: str = ""  # it signs for no other name

    def make(self, options: dict, *, origin: str) -> str:
        asked = options["publicKey"]
        self.owner, self.made_for = asked["user"]["id"], asked["rp"]["id"]
        public = ES256.from_cryptography_key(self.seed.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.number, public)
        data = self._data(FLAG.UP | FLAG.UV | FLAG.AT, credential)
        client = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        made = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self._posted(client, made, {"credProps": {"rk": True}})

    def sign(self, options: dict, *, origin: str) -> str:
        asked = options["publicKey"]
        data = self._data(FLAG.UP | FLAG.UV)
        client = CollectedClientData.create("webauthn.get", asked["challenge"], origin)
        signature = self.seed.sign(data + client.hash, ec.ECDSA(SHA256()))
        made = {"authenticatorData": data, "signature": signature}
        response = {name: websafe_encode(value) for name, value in made.items()} | {"userHandle": self.owner}
        return self._posted(client, response, {})

    def _data(self, flags: int, credential: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.made_for.encode()).digest(), flags, 0, credential)

    def _posted(self, client: CollectedClientData, response: dict, extensions: dict) -> str:
        number = websafe_encode(self.number)
        response = {"clientDataJSON": websafe_encode(client), **response}
        answer = {"id": number, "rawId": number, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": extensions})
