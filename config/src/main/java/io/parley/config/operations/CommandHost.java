package io.parley.config.operations;

import io.parley.config.server.Resources;
import io.parley.config.settings.Settings;
import java.io.PrintWriter;
import java.util.function.BiConsumer;

/** The command line that these commands are part of. */
public interface CommandHost {
    /** Runs a command, and closes what it adds to the resources at its end, or when a signal ends the process. */
    void run(BiConsumer<Settings, Resources> command);

    PrintWriter out();

    PrintWriter err();
}
