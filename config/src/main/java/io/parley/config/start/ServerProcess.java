package io.parley.config.start;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.OptionalInt;

/** The second JVM, which this process stands for: it passes signals on and ends with its exit code. */
final class ServerProcess {
    /** Empty if it cannot be started. */
    static OptionalInt run(List<String> command) throws InterruptedException {
        var builder =
                new ProcessBuilder(command).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        // They are in the command.
        builder.environment().keySet().removeAll(JvmCommand.VARIABLES);
        try {
            // Its standard input stays open as long as this process lives: ParentWatch.
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-server"));
            return OptionalInt.of(process.waitFor());
        } catch (IOException noSuchProgram) {
            return OptionalInt.empty();
        }
    }

    private static void end(Process process) {
        // Not Process.destroy, which also closes the standard input.
        process.toHandle().destroy();
        Runtime.getRuntime().halt(process.onExit().join().exitValue());
    }

    private ServerProcess() {}
}
