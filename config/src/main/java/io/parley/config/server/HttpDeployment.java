package io.parley.config.server;

import io.parley.config.settings.HttpSettings;
import io.parley.config.settings.operations.Role;
import io.parley.contracts.Health;
import io.parley.gateway.Gateway;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.contract.Contract;
import io.parley.gateway.health.HealthVerticle;
import io.parley.gateway.origin.OriginSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys what listens for HTTP: the gateway, or the health checks alone. Both come last, because they let requests in. */
final class HttpDeployment {
    private static final Logger log = LoggerFactory.getLogger(HttpDeployment.class);

    private final Vertx vertx;
    private final Deployment deployment;

    HttpDeployment(Vertx vertx, Deployment deployment) {
        this.vertx = vertx;
        this.deployment = deployment;
    }

    /** Fails with {@link StartException} if the port is taken, so that the start does not make a database first. */
    static void requireFreePort(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException failure) {
            throw cannotListen(host, port, failure);
        }
    }

    /** Reads the API's contract on a worker thread, which takes about as long as starting PostgreSQL. */
    Future<Contract> readContract(OriginSettings origin) {
        return vertx.executeBlocking(() -> Contract.read(origin.prefix()));
    }

    /** On a worker thread, in the time that checking for migrations takes. */
    Future<Gateway> createGateway(GatewaySettings settings, Future<Contract> contract) {
        return contract.compose(
                read -> vertx.executeBlocking(() -> new Gateway(vertx, deployment.bus(), settings, read)));
    }

    /** Fails with {@link StartException} if it cannot listen. */
    void deployGateway(Gateway gateway, GatewaySettings settings, int instances) {
        var first = gateway.verticle();
        var verticles = Stream.concat(Stream.of(first), Stream.generate(gateway::verticle))
                .iterator();
        deployment
                .deploy("gateway", instances, verticles::next)
                .recover(failure -> Future.failedFuture(cannotListen(settings.host(), settings.port(), failure)))
                .await();
        gateway.listening();
        log.info(
                "Listening on {}://{}:{}; the API is documented at /docs there",
                settings.tls() == null ? "http" : "https",
                settings.host(),
                first.port());
    }

    /**
     * For a process without the gateway role, so that every process answers health checks in the same way. Fails with
     * {@link StartException} if it cannot listen.
     */
    HealthVerticle deployHealth(HttpSettings http, Set<Role> roles) {
        var health = new HealthVerticle(
                deployment.bus(), http.host(), http.port(), http.tls().orElse(null), modules(roles));
        deployment
                .deploy("health", 1, () -> health)
                .recover(failure -> Future.failedFuture(cannotListen(http.host(), http.port(), failure)))
                .await();
        log.info(
                "Listening on {}://{}:{} for /health only",
                http.tls().isPresent() ? "https" : "http",
                http.host(),
                health.port());
        return health;
    }

    /** The modules whose health is that of a process with these roles. */
    static List<String> modules(Set<Role> roles) {
        return roles.contains(Role.GATEWAY)
                ? Health.MODULES
                : Health.MODULES.stream()
                        .filter(module ->
                                roles.stream().anyMatch(role -> role.roleName().equals(module)))
                        .toList();
    }

    static StartException cannotListen(String host, int port, Throwable failure) {
        return new StartException("cannot listen on " + host + ":" + port + ": " + failure.getMessage(), failure);
    }
}
