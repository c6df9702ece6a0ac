package io.parley.gateway.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A key and a self-signed certificate for this machine. */
record TestCertificate(X509Certificate certificate, byte[] key) {
    private static final String PASSWORD = "changeit";

    static TestCertificate make(Path folder, String name, String algorithm) {
        var file = folder.resolve(name + ".p12");
        try {
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "key",
                            "-keyalg",
                            algorithm,
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keytool.waitFor() != 0) throw new IllegalStateException("keytool fails");
            var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return new TestCertificate(
                    (X509Certificate) store.getCertificate("key"),
                    store.getKey("key", PASSWORD.toCharArray()).getEncoded());
        } catch (IOException | InterruptedException | GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    void writeCertificate(Path file) throws Exception {
        Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    void writeKey(Path file) throws Exception {
        Files.writeString(file, pem("PRIVATE KEY", key));
    }

    private static String pem(String kind, byte[] content) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
