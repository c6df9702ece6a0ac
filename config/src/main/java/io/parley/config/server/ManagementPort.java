package io.parley.config.server;

import io.parley.config.settings.operations.ManagementSettings;
import io.parley.config.settings.operations.Role;
import io.parley.config.telemetry.PrometheusMetrics;
import io.parley.gateway.health.ManagementVerticle;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers operators from the beginning of the start to the end of the stop. */
final class ManagementPort {
    private static final Logger log = LoggerFactory.getLogger(ManagementPort.class);

    private volatile BooleanSupplier isOpen = () -> false;

    /** Fails with {@link StartException} if it cannot listen. */
    void open(ManagementSettings settings, Deployment deployment, Set<Role> roles, Resources resources) {
        var metrics = PrometheusMetrics.start();
        resources.add("the metrics", metrics);
        var verticle = new ManagementVerticle(
                deployment.bus(),
                settings.host(),
                settings.port(),
                HttpDeployment.modules(roles),
                () -> isOpen.getAsBoolean(),
                metrics::page);
        deployment
                .deploy("management", 1, () -> verticle)
                .recover(failure ->
                        Future.failedFuture(HttpDeployment.cannotListen(settings.host(), settings.port(), failure)))
                .await();
        log.info("Metrics are at http://{}:{}/metrics", settings.host(), verticle.port());
    }

    /** The process is ready for requests as long as this is true. */
    void readyWhile(BooleanSupplier isReady) {
        isOpen = isReady;
    }
}
