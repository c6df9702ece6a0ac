package io.parley.config.system.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.harness.ParleyJar;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The archive of classes that a server leaves when it stops, and the second process that reads it. */
class StartArchiveIT {
    // Other tests run meanwhile, and an archive is made at a low priority.
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Map<String, String> PATIENT = Map.of("PARLEY_START_ARCHIVE_LIMIT", LIMIT.toSeconds() + "s");

    // A JVM that is started so has a second process as well, and takes two thirds of the CPU time.
    private static final String[] LEAN = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    // An AOT cache, if this JVM can make one.
    private static final String SUFFIX = Runtime.version().feature() < 25 ? ".jsa" : ".aot";

    private static final String JAR = Path.of("target", "parley.jar").toString();
    private static final Path DATA = ParleyJar.freshData();

    @BeforeAll
    static void stopOnce() throws IOException {
        var jar = ParleyJar.startPlain(DATA, PATIENT, LEAN);
        assertThat(jar.secondProcess()).isEmpty();
        jar.terminate();
        assertThat(jar.exitCode(LIMIT)).isZero();
        assertThat(archives()).hasSize(1);
    }

    /** A server that was killed leaves its database running, for the next one. */
    @AfterAll
    static void stopTheDatabase() {
        EmbeddedPostgres.start(new EmbeddedSettings(DATA, DATA, 0, true)).close();
    }

    @Test
    void theServerReadsTheArchiveAndGetsSignalsAndOptions() throws IOException {
        var jar = ParleyJar.startPlain(DATA, PATIENT, "-Xmx300m");
        var server = jar.secondProcess().orElseThrow();
        assertThat(server.info().arguments().orElseThrow()).contains("-Xmx300m");
        var maps = Path.of("/proc", String.valueOf(server.pid()), "maps");
        if (Files.exists(maps))
            assertThat(Files.readString(maps)).contains(archives().get(0).toString());
        long before = Files.size(jar.output());

        jar.terminate();

        assertThat(jar.exitCode()).isZero();
        assertThat(server.isAlive()).isFalse();
        assertThat(Files.readString(jar.output()).substring((int) before)).containsOnlyOnce("Stopped");
        assertThat(Files.readString(jar.output())).doesNotContain("[cds]", "[aot]");
    }

    @Test
    void theServerEndsWithTheProcessThatStandsForIt() throws Exception {
        var jar = ParleyJar.startPlain(DATA, PATIENT, LEAN);
        var server = jar.secondProcess().orElseThrow();

        jar.kill();

        // Without a watch it would never end.
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void theVisibleProcessEndsAsTheServerDoes() {
        var jar = ParleyJar.startPlain(DATA, PATIENT, LEAN);

        jar.secondProcess().orElseThrow().destroyForcibly();

        assertThat(jar.exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void failuresOfTheStartAreReportedOnce() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-jar", JAR, "--data-dir=" + DATA, "--http-port=99999").start();

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).lines())
                .hasSize(1);
        assertThat(process.onExit().join().exitValue()).isEqualTo(2);
    }

    @Test
    void aDamagedArchiveIsNotRead() throws IOException {
        var archive = archives().get(0);
        var whole = Files.readAllBytes(archive);
        Files.delete(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        try (var jar = ParleyJar.startPlain(DATA, Map.of("PARLEY_START_ARCHIVE_LIMIT", "1s"), LEAN)) {
            assertThat(jar.secondProcess()).isEmpty();
        } finally {
            Files.write(archive, whole);
        }
    }

    @Test
    void anArchiveThatCrashesTheServerIsGoneAfterwards() throws Exception {
        var jar = ParleyJar.startPlain(DATA, Map.of("PARLEY_START_ARCHIVE_LIMIT", "1s"), LEAN);
        var archive = archives().get(0);
        var whole = Files.readAllBytes(archive);
        try {
            // As a JVM does that finds its archive damaged.
            assertThat(new ProcessBuilder(
                                    "kill",
                                    "-ABRT",
                                    String.valueOf(
                                            jar.secondProcess().orElseThrow().pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(jar.exitCode()).isEqualTo(128 + 6);
            assertThat(archives()).isEmpty();
        } finally {
            Files.write(archive, whole);
        }
    }

    @Test
    void noSecondProcessIsStartedIfItIsTurnedOffOrADebuggerWaits() {
        try (var jar = ParleyJar.startPlain(DATA, Map.of("PARLEY_START_ARCHIVE", "false"), LEAN)) {
            assertThat(jar.secondProcess()).isEmpty();
        }
        var debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0";
        try (var jar = ParleyJar.startPlain(DATA, PATIENT, LEAN[0], LEAN[1], debugger)) {
            assertThat(jar.secondProcess()).isEmpty();
        }
    }

    private static List<Path> archives() throws IOException {
        try (var files = Files.list(DATA.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
    }
}
