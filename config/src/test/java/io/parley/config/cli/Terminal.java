package io.parley.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs commands in this process. */
public record Terminal(Map<String, String> environment) {
    /** How a command ended and what it printed. */
    public record Outcome(int code, String out, String err) {
        public String succeeds() {
            assertThat(code).as("%s%s", out, err).isZero();
            return out;
        }

        public void refuses(String reason) {
            assertThat(code).as("%s%s", out, err).isOne();
            assertThat(err).startsWith("parley: ").contains(reason).hasLineCount(1);
        }
    }

    public Outcome run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Commands.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }
}
