package io.parley.bench.subject;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports to listen on. */
public final class Ports {
    public static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Ports() {}
}
