#!/usr/bin/env bash
# Builds Claviger.pkg from the bundle; signs and notarizes it if identities are named.
# Untested: never run on macOS yet.
#   APP_IDENTITY="Developer ID Application: ..." PKG_IDENTITY="Developer ID Installer: ..." \
#   NOTARY_PROFILE=name packaging/macos/build.sh [version]
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${1:-0.1.0}
app=build/bundle/Claviger.app
package=build/Claviger.pkg
python3 packaging/dev.py bundle
if [ -n "${APP_IDENTITY:-}" ]; then
  codesign --force --deep --options runtime --timestamp --sign "$APP_IDENTITY" "$app"
fi
pkgbuild --component "$app" --install-location /Applications \
  --identifier org.claviger.Claviger --version "$version" \
  ${PKG_IDENTITY:+--sign "$PKG_IDENTITY"} "$package"
if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$package" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$package"
fi
