package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another Java process that starts an embedded server and runs until it is killed or its input ends. */
record ChildProgram(Process process, DatabaseUrl url) implements AutoCloseable {
    public static void main(String... arguments) throws IOException {
        var settings = new EmbeddedSettings(Path.of(arguments[0]), Path.of(arguments[1]), 0, true);
        try (var server = EmbeddedPostgres.start(settings)) {
            System.out.println("port " + server.url().port());
            while (System.in.read() >= 0) {}
        }
    }

    static ChildProgram start(Path data) throws IOException {
        return start(List.of(), data, Servers.BINARIES, System.getProperty("java.class.path"));
    }

    static ChildProgram start(List<String> prefix, Path data, Path binaries, String classPath) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp"));
        command.addAll(List.of(classPath, ChildProgram.class.getName(), data.toString(), binaries.toString()));
        var process = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ChildProgram(
                process,
                EmbeddedAddress.url(port(process.inputReader(StandardCharsets.UTF_8)), PasswordFile.read(data)));
    }

    private static int port(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) return Integer.parseInt(line.substring("port ".length()));
        }
        throw new IOException("the program has ended");
    }

    void kill() throws Exception {
        Processes.kill(process.toHandle());
    }

    /** Ends the process normally, so that it stops its server. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
