package io.parley.storage;

import io.parley.postgres.programs.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a self-signed certificate for one host name, in the form that PostgreSQL requires. */
record Certificates(Path key, Path certificate) {
    private static final String PASSWORD = "changeit";

    static Certificates make(Path folder, String name) throws Exception {
        var file = folder.resolve(name + ".p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
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
        return new Certificates(
                pem(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        store.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                pem(
                        folder.resolve(name + ".crt"),
                        "CERTIFICATE",
                        store.getCertificate(name).getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws Exception {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    void installInto(Path data) throws Exception {
        var serverKey = Files.copy(key, data.resolve("server.key"));
        var serverCertificate = Files.copy(certificate, data.resolve("server.crt"));
        FileTree.setPermissions(serverKey, "rw-------");
        for (Path file : new Path[] {serverKey, serverCertificate}) {
            Files.setAttribute(file, "unix:uid", FileTree.owner(data));
        }
    }
}
