package io.parley.postgres.embedded;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** The address of the embedded server. */
final class EmbeddedAddress {
    static final String HOST = "127.0.0.1";

    static DatabaseUrl url(int port, Secret password) {
        return new DatabaseUrl(HOST, port, "parley", DataDirectory.USER, password, TlsMode.DISABLE, Optional.empty());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedAddress() {}
}
