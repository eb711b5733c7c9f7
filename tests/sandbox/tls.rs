//! Certificates, made when they are needed, and a server that shows them.

use std::{io, net::SocketAddr, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
        server::WebPkiClientVerifier,
    },
    server::TlsStream,
};

/// Signs certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
    /// What others trust.
    pub(crate) pem: String,
}

/// A certificate with its key.
pub(crate) struct Certificate {
    der: CertificateDer<'static>,
    key: Vec<u8>,
    /// The certificate.
    pub(crate) pem: String,
    /// Its private key.
    pub(crate) key_pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("signed");
        Self {
            der: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// For a server with these names.
    pub(crate) fn server(&self, names: &[&str]) -> Certificate {
        self.sign(names, ExtendedKeyUsagePurpose::ServerAuth, false)
    }

    /// For a server, and out of date.
    pub(crate) fn expired(&self, names: &[&str]) -> Certificate {
        self.sign(names, ExtendedKeyUsagePurpose::ServerAuth, true)
    }

    /// For a client.
    pub(crate) fn client(&self) -> Certificate {
        self.sign(
            &["client.acme.example"],
            ExtendedKeyUsagePurpose::ClientAuth,
            false,
        )
    }

    fn sign(&self, names: &[&str], purpose: ExtendedKeyUsagePurpose, expired: bool) -> Certificate {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("valid names");
        params.extended_key_usages = vec![purpose];
        if expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        Certificate {
            der: certificate.der().clone(),
            pem: certificate.pem(),
            key: key.serialize_der(),
            key_pem: key.serialize_pem(),
        }
    }
}

pub(super) fn config(certificate: &Certificate, clients: Option<&Authority>) -> Arc<ServerConfig> {
    // Another provider that is already installed does as well.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let builder = ServerConfig::builder();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der.clone()).expect("an authority");
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build();
            builder.with_client_cert_verifier(verifier.expect("roots"))
        }
    };
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(certificate.key.clone()));
    let config = builder.with_single_cert(vec![certificate.der.clone()], key);
    Arc::new(config.expect("a key that fits"))
}

/// Connections whose handshake worked.
pub(super) struct Listener {
    inner: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener {
    pub(super) fn new(inner: TcpListener, config: Arc<ServerConfig>) -> Self {
        Self {
            inner,
            acceptor: TlsAcceptor::from(config),
        }
    }
}

impl axum::serve::Listener for Listener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.inner.accept().await else {
                continue;
            };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.inner.local_addr()
    }
}
