//! Keys and signatures that other programs made: what they signed verifies, and nothing else does.

use crate::amili::authenticates::keys::{Algorithm, Kind, PublicKey};

/// RFC 7515, appendix A.3: its key, and its example.
const RFC_P256: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
-----END PUBLIC KEY-----";
const RFC_ES256: &str = "\
    eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGx\
    lLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8I\
    SlSApmWQxfKTUJqPP3-Kg6NU1Q";

/// RFC 7515, appendix A.4: its key, and its example.
const RFC_P521: &str = "-----BEGIN PUBLIC KEY-----
MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQB6SkFDxJPxrxVx9U5M2Xfne9KsMIs
sleY+TTrBOPGuuNwGlenkQ6dgb82MVno68sVXWNJ9L22zPipTFxZx6rBAaQANKZE
DjdnUNI3H9G9wsjztx0vTuXqNDLIFcyjFWD+XZOH7HdLVYOGMOXLv1qMvgqR3QBk
xpmaH25uZ/rd7eTIyPY=
-----END PUBLIC KEY-----";
const RFC_ES512: &str = "\
    eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPW\
    ROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKv\
    U8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

/// Signed by `openssl dgst -sign` with the keys in `fixtures/keys`.
const OPENSSL_RS256: &str = "\
    eyJhbGciOiJSUzI1NiJ9.eyJieSI6Im9wZW5zc2wifQ.G0_on1eQQBoKkLCrSixTvX_vt7AygKMNh7ekRgMsAa97\
    3rDTL9kK-k3piyX4auPVhs3wCp8yHQKcbTYubKDIquIYKe2gyTTl6FX1rSx0PI4EaOQ2UoPAIhKD6P6vliQXAJko\
    9VvoKjRDMtLuq9sofYxxKCjNmLtWpdSoKqndBUYyOHZVP-Lu0G6ITrif9o-zxOj2PK0Kn_FC_jTkHVkmAKjPeFpt\
    qqj51mAy6llepTXmjZ2ptFKRw8JKlmjrRV4Zp3XK2h8XyuBx4_I0Q-hbq9_vw9VodcVtguNNbmrRrwHNqhSamFUF\
    c_J8enlGKVvmCFMm_6F-fhMHiwrWj3SONA";
const OPENSSL_RS384: &str = "\
    eyJhbGciOiJSUzM4NCJ9.eyJieSI6Im9wZW5zc2wifQ.W9gq2tTsihjCl8CwwassaO8nWqcnXXfD-Xq77JzrGTR4\
    U7Lr7ToeYFhxMH4NNXhrv0TIqTOKi-hGlfVZR3MVF09spbtrSjMEZMnUcQNTFg2CC772SYB-QSu0u0RpMp5j2H4o\
    xs-XNMBSGHSGrsg-JMYTBOjqrnyv809wseIn3s9i6y4nwBQGTaBwmxeNod87ILbDdqdXldrVVhzS_8wDAO8vMeGP\
    d2uGtyZ4bkmS9A9o7jutko3en-WXZsessmCtsw4hlk6Sgoy_iIpG2IFphfU8fzI-FGVtoOjmBxd8BiH93p_GBe7y\
    CZmQ57V0wHvcDgwjq_xa4kn19xF5MyMJ7Q";
const OPENSSL_RS512: &str = "\
    eyJhbGciOiJSUzUxMiJ9.eyJieSI6Im9wZW5zc2wifQ.eXTB5__LtJik2w_TSKss_APek5b5e3-I8P7XDqx_8SU8\
    gBKMe59msV3vof17Xn_PvixSipC5hbC-9eUhj7bXtSPnTEeYX79g3xCs5lSPnFjMhT4aoZ5kf21fUhKRYFhUnEiC\
    27NQfha9Pip00OXFqhOLEQLuNa2jKqtmKnAF71hf3gzTnkYLul2hDahUCH7jRtDbUhZiOxoBK68oUEbKDGvV9PEi\
    qW8EJvFsPR3EG18igF-lqWS5RHR4F-5lXNS_s6r-nKuZQQgPl33S1zRu9k2VTPRz5A0IE9Rrbl2QOqk9ha6CTG-w\
    xd2IjlWNNNgnUk1U_iEW0rPiWTJG8yc1wA";
const OPENSSL_ES384: &str = "\
    eyJhbGciOiJFUzM4NCJ9.eyJieSI6Im9wZW5zc2wifQ.e8bBNd_s0WEtTyud0icyCHMGJSOZjeIaX06st1iTPwQZ\
    u0IWosOA70zYb4tinc-UTXUm2js-A47ZXuoVRSSH7oXJeQyWOEbDomUh9dBDsfawZV0kU78_p3a0lVhkHvt9";

const P384: &str = include_str!("../../../../../fixtures/keys/api-code-es384.pub.pem");
const RSA: &str = include_str!("../../../../../fixtures/keys/api-code-rs256.pub.pem");

/// Under each algorithm, whether the key's owner has signed what a JWT says.
#[track_caller]
fn check(key: &str, jwt: &str, by: &str) {
    let key = PublicKey::from_pem(key).unwrap();
    let (text, signature) = jwt.rsplit_once('.').unwrap();
    let signature = decoded(signature);
    for name in ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512"] {
        let algorithm = Algorithm::named(name).unwrap();
        let signed = |text: &str, signature: &[u8]| key.has_signed(algorithm, text, signature);
        assert_eq!(signed(text, &signature), name == by, "{name}");
        assert!(!signed(&text[1..], &signature), "{name} of another text");
        assert!(!signed(text, &signature[1..]), "{name}, cut off");
        assert!(!signed(text, b""), "{name}, empty");
        let zeros = vec![0; signature.len()];
        assert!(!signed(text, &zeros), "{name}, all zeros");
    }
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    engine.decode(text).unwrap()
}

#[test]
fn what_other_programs_signed_verifies_by_its_own_algorithm_alone() {
    check(RFC_P256, RFC_ES256, "ES256");
    check(P384, OPENSSL_ES384, "ES384");
    check(RFC_P521, RFC_ES512, "ES512");
    check(RSA, OPENSSL_RS256, "RS256");
    check(RSA, OPENSSL_RS384, "RS384");
    check(RSA, OPENSSL_RS512, "RS512");
}

#[test]
fn keys_are_told_apart() {
    let keys = [
        (RFC_P256, Kind::P256),
        (P384, Kind::P384),
        (RFC_P521, Kind::P521),
        (RSA, Kind::Rsa),
    ];
    for (pem, kind) in keys {
        assert_eq!(PublicKey::from_pem(pem).map(|key| key.kind), Ok(kind));
    }
}

#[test]
fn what_is_no_key_for_these_algorithms_is_refused() {
    const PRIVATE: &str = include_str!("../../../../../fixtures/keys/api-code-es256.pem");
    for other in ["", "a key", PRIVATE, SECP256K1, ED25519, RSA_1024, EMPTY] {
        assert!(PublicKey::from_pem(other).is_err(), "{other}");
    }
}

const SECP256K1: &str = "-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAExxeMajr/J08N9/58ld65hXIVLfvV0dB+
wuExX8yJpzcWfnjo+/4x/ToEIFkHrzps0TPNlhEA6ioGvKR/nJBLUg==
-----END PUBLIC KEY-----";

const ED25519: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAAsDVmPHhMY44zYhdw/39nKDLHvKmkULB244EvAQEbvM=
-----END PUBLIC KEY-----";

const RSA_1024: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDPXhoequxu/W9knfmQos3gmR0w
TWDO6874/MkLdZtcE/q1s+BWFd8893awgaL6pZZsoEqx15TJFjsRP51+lGFJiDkP
6vaiAFNzC05gGC8bDJKwvbo85eKq3yNVchBkOOmT4KinosKGudIM8F3nk9v9P36X
ctTyAy6VKxlN8v6teQIDAQAB
-----END PUBLIC KEY-----";

const EMPTY: &str = "-----BEGIN PUBLIC KEY-----
AAAA
-----END PUBLIC KEY-----";
