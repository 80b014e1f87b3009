//! A certificate authority for one run. Its key never leaves the memory, and it can speak for no other host.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What programs are told to trust, and what the proxy shows them.
pub(super) struct Authority {
    /// The authority's certificate as PEM.
    pub(super) certificate: String,
    /// Serves every host with one certificate.
    pub(super) tls: Arc<ServerConfig>,
}

impl Authority {
    /// An authority over these hosts and no others. `Err` is what the libraries say.
    pub(super) fn over(hosts: &[String]) -> Result<Self, String> {
        let told = |fault: rcgen::Error| fault.to_string();
        let key = KeyPair::generate().map_err(told)?;
        let root = root(hosts);
        let certificate = root.self_signed(&key).map_err(told)?;
        let issuer = Issuer::new(root, key);

        let mut leaf = CertificateParams::new(hosts).map_err(told)?;
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        named(&mut leaf, "mock-server");
        let leaf_key = KeyPair::generate().map_err(told)?;
        let leaf = leaf.signed_by(&leaf_key, &issuer).map_err(told)?;

        let chain = vec![leaf.der().clone(), certificate.der().clone()];
        let key = PrivateKeyDer::Pkcs8(leaf_key.serialize_der().into());
        let mut tls = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map(|builder| builder.with_no_client_auth())
            .and_then(|builder| builder.with_single_cert(chain, key))
            .map_err(|fault| fault.to_string())?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            certificate: certificate.pem(),
            tls: Arc::new(tls),
        })
    }
}

fn root(hosts: &[String]) -> CertificateParams {
    let mut root = CertificateParams::default();
    named(&mut root, "mock-server, for one run");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let permitted = hosts.iter().cloned().map(GeneralSubtree::DnsName);
    root.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted.collect(),
        excluded_subtrees: Vec::new(),
    });
    root
}

fn named(params: &mut CertificateParams, name: &str) {
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
}
