package io.parley.config.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmCommandTest {
    @Test
    void keepsOptionsAndArguments() {
        var command = JvmCommand.parse(
                List.of("java", "-Xmx512m", "-Da=b", "-jar", "parley.jar", "serve", "--http-port=1"),
                Map.of("JAVA_TOOL_OPTIONS", " -XX:MaxRAMPercentage=75  -XX:+ExitOnOutOfMemoryError "));

        assertThat(command)
                .contains(new JvmCommand(
                        List.of("-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-Xmx512m", "-Da=b"),
                        "parley.jar",
                        List.of("serve", "--http-port=1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005",
                "-javaagent:agent.jar",
                "-Xrunjdwp:server=y",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-XX:StartFlightRecording",
                "-XX:SharedArchiveFile=parley.jsa",
                "-XX:ArchiveClassesAtExit=parley.jsa",
                "-XX:AOTCache=parley.aot",
                "-Xshare:off",
                "-Xlog:gc:file=gc.log",
                "-XX:+AlwaysPreTouch",
                "@options"
            })
    void startsNothingBesideAJvmWith(String option) {
        var parts = new ArrayList<>(List.of("java", option, "-jar", "parley.jar"));

        assertThat(JvmCommand.parse(parts, Map.of())).isEmpty();
        parts.remove(option);
        assertThat(JvmCommand.parse(parts, Map.of("JDK_JAVA_OPTIONS", option))).isEmpty();
        assertThat(JvmCommand.parse(parts, Map.of())).isPresent();
    }

    @Test
    void isNoneWithoutAJar() {
        assertThat(JvmCommand.parse(List.of("java", "-cp", "parley.jar", "io.parley.config.Main"), Map.of()))
                .isEmpty();
        assertThat(JvmCommand.parse(List.of("java", "-jar"), Map.of())).isEmpty();
        assertThat(JvmCommand.parse(List.of(), Map.of())).isEmpty();
    }
}
