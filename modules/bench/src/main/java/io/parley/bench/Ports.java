package io.parley.bench;

import java.io.IOException;
import java.net.ServerSocket;

/** Where to listen. */
final class Ports {
    static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Ports() {}
}
