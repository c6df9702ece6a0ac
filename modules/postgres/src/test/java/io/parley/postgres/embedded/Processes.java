package io.parley.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The processes of servers under test. */
public final class Processes {
    static ProcessHandle postmaster(Path dataDirectory) throws IOException {
        long process = PostmasterFile.read(DataDirectory.data(dataDirectory))
                .orElseThrow()
                .process();
        return ProcessHandle.of(process).orElseThrow();
    }

    /** Kills like kill -9 and returns the process id. */
    static long kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        return process.pid();
    }

    public static void signal(String name, long process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    }

    private Processes() {}
}
