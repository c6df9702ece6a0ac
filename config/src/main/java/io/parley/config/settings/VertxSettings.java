package io.parley.config.settings;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The options of every Vert.x instance in this process. */
public final class VertxSettings {
    /** One per core, because more would only wake one another. */
    static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

    // Vert.x would copy files of the class path into the temporary directory, and a killed process would leave the
    // copies there. Parley serves nothing from files.
    public static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private VertxSettings() {}
}
