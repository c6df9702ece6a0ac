package io.parley.testing.postgres;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Finds out whether a Docker engine answers. Testcontainers would be slow and log errors if none does. */
final class DockerEngine {
    private static final String USUAL = "unix:///var/run/docker.sock";

    static boolean answers() {
        var host = URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse(USUAL));
        try (var channel = SocketChannel.open(address(host))) {
            return channel.isConnected();
        } catch (IOException | RuntimeException absent) {
            return false;
        }
    }

    private static SocketAddress address(URI host) {
        return "unix".equals(host.getScheme())
                ? UnixDomainSocketAddress.of(host.getPath())
                : new InetSocketAddress(host.getHost(), host.getPort());
    }

    private DockerEngine() {}
}
