package io.parley.config.cluster;

import io.parley.config.settings.operations.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate that vouches for itself, in PEM. */
final class NodeKey {
    private static final String PASSWORD = "changeit";

    static ClusterSettings.Tls in(Path folder, String name) throws IOException, GeneralSecurityException {
        var file = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = keytool + " -genkeypair -alias node -keyalg EC -dname CN=" + name
                + " -storetype PKCS12 -keystore " + file + " -storepass " + PASSWORD;
        var made = new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.onExit().join().exitValue() != 0) throw new IllegalStateException("keytool fails");
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var key = pem(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                store.getKey("node", PASSWORD.toCharArray()).getEncoded());
        var certificate = pem(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                store.getCertificate("node").getEncoded());
        return new ClusterSettings.Tls(key, certificate, certificate);
    }

    private static String pem(Path file, String kind, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n")
                .toString();
    }

    private NodeKey() {}
}
