package io.parley.config.server;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** What every Vert.x of this process is made with. */
public final class VertxSettings {
    /** One for each core: more of them would only wake one another. */
    public static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

    // Nothing is served from files, so there is no need for a copy of the class path's in the temporary directory,
    // which a
    // process that is killed would leave there.
    public static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private VertxSettings() {}
}
