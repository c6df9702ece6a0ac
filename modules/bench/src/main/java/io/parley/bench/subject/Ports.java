package io.parley.bench.subject;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports to listen on. */
public final class Ports {
    public static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * A free port that stays so while its server is stopped for a moment: the system gives higher ones to outgoing connections
     * (Linux from 32768 on).
     */
    public static int lasting() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Try another one.
            }
        }
    }

    private Ports() {}
}
