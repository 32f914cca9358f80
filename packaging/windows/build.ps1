# Builds Claviger.msi from the bundle, and signs both if a certificate is named.
# Untested: never run on Windows yet. Needs WiX 5 (`wix`) and, to sign, signtool.
param([string]$Version = "0.1.0", [string]$CertificateThumbprint = "")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
py packaging\dev.py bundle
if ($LASTEXITCODE) { exit $LASTEXITCODE }
$bundle = "build\bundle\claviger"
if ($CertificateThumbprint) {
    signtool sign /sha1 $CertificateThumbprint /fd SHA256 "$bundle\claviger.exe"
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}
wix build packaging\windows\claviger.wxs -arch x64 -d "Version=$Version" -d "Bundle=$bundle" -o build\Claviger.msi
if ($LASTEXITCODE) { exit $LASTEXITCODE }
if ($CertificateThumbprint) { signtool sign /sha1 $CertificateThumbprint /fd SHA256 build\Claviger.msi }
exit $LASTEXITCODE
