package io.parley.config.serve;

import io.parley.config.cluster.ClusterSettingsCheck;
import io.parley.config.server.Resources;
import io.parley.config.server.Server;
import io.parley.config.settings.Settings;
import io.parley.config.settings.VertxSettings;
import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import io.parley.config.start.ArchiveWriter;
import io.parley.config.telemetry.LogSetup;
import io.parley.config.telemetry.Tracing;
import io.vertx.core.Vertx;

/** Serves the API until the process is stopped. */
public final class Serve {
    /** Never returns if the start succeeds. */
    public static void run(SettingsSources sources, SettingsCatalogue catalogue) throws InterruptedException {
        var environment = sources.environment();
        try (var resources = new Resources()) {
            var vertx = startVertx(resources);
            var settings = Settings.read(sources.read(vertx, catalogue));
            LogSetup.apply(settings.log(), Server.version());
            Tracing.start(settings.traces(), environment, Server.version())
                    .ifPresent(tracing -> resources.add("the traces", tracing));
            ClusterSettingsCheck.check(settings);
            var archive = settings.archive();
            var writer = new ArchiveWriter(settings.dataDir(), archive.limit(), environment);
            new Server(vertx, settings, resources).run(archive.wanted() ? writer::write : () -> {});
        }
    }

    /** Adds it to the resources. */
    public static Vertx startVertx(Resources resources) {
        var vertx = Vertx.vertx(VertxSettings.options());
        resources.add("Vert.x", () -> vertx.close().await());
        return vertx;
    }

    private Serve() {}
}
