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


def tls_context(ca_path: Path | None) -> ssl.SSLContext:
    """The system's trust store, or `ca_path` alone. Raises OSError when that file cannot be read.

    `ssl.create_default_context` is avoided: it writes keys to SSLKEYLOGFILE.
    """
    if ca_path is None and sys.platform in ("win32", "darwin"):
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca_path is None:
            _load_system_bundle(context)
        else:
            context.load_verify_locations(cafile=ca_path)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


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
