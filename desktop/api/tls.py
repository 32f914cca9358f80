"""TLS contexts: always verified, 1.2 or newer, deaf to the environment (T25, T26)."""

from __future__ import annotations

import ssl
import sys
from pathlib import Path

import truststore

# Where Linux systems keep their bundle, after OpenSSL's own compiled-in places.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)


def tls_context(ca_path: Path | None, ca_pem: str | None = None) -> ssl.SSLContext:
    """The system's trust store, or one authority alone: the file `ca_path`, or `ca_pem`.

    Raises OSError when that file cannot be read, ValueError for a PEM that is none.
    `ssl.create_default_context` is avoided: it writes keys to SSLKEYLOGFILE.
    """
    is_private = ca_path is not None or ca_pem is not None
    if not is_private and sys.platform in ("win32", "darwin"):
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca_pem is not None:
            _load_accepted(context, ca_pem)
        elif ca_path is not None:
            context.load_verify_locations(cafile=ca_path)
        else:
            _load_system_bundle(context)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def blind_context() -> ssl.SSLContext:
    """Trusts nobody: no handshake with it ever succeeds. For looking at what a server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _load_accepted(context: ssl.SSLContext, pem: str) -> None:
    try:
        context.load_verify_locations(cadata=pem)
    except ssl.SSLError as error:
        raise ValueError("not a certificate") from error
    # What a person accepted is the end of the chain, whoever may have signed it.
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN


def _load_system_bundle(context: ssl.SSLContext) -> None:
    """The system's bundle by its fixed place.

    Neither truststore nor `load_default_certs` will do here: both let SSL_CERT_FILE and
    SSL_CERT_DIR replace the bundle.
    """
    places = ssl.get_default_verify_paths()
    for name in (*_BUNDLES, places.openssl_cafile):
        if Path(name).is_file():
            context.load_verify_locations(cafile=name)
            return
    if Path(places.openssl_capath).is_dir():
        context.load_verify_locations(capath=places.openssl_capath)
