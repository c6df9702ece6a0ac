package io.parley.storage;

import io.parley.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Where the embedded server listens. */
final class Loopback {
    static final String HOST = "127.0.0.1";

    static DatabaseUrl url(int port, Secret password) {
        return new DatabaseUrl(HOST, port, "parley", Cluster.USER, password, TlsMode.DISABLE, Optional.empty());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Loopback() {}
}
