package io.parley.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.settings.sources.Setting;
import io.parley.config.settings.sources.SettingsCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void showsTheCommandsInItsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("serve", "migrate", "settings", "--config")
                .doesNotContain(flags());
    }

    @Test
    void printsEverySettingAsAFileThatItAccepts() throws Exception {
        assertThat(run("settings")).isZero();

        var page = out.toString();
        assertThat(page).isEqualTo(SettingsCatalogue.bundled().page());
        var file = Files.writeString(directory.resolve("parley.yaml"), page);
        assertThat(run("serve", "--config=" + file, "--http-port=first")).isEqualTo(2);
        assertThat(err.toString()).contains("http.port").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "migrate", "keys rotate"})
    void takesEverySettingAsAFlagOfEveryCommand(String command) {
        for (var flag : flags()) {
            var arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.add(flag + "=value");
            arguments.add("--help");
            assertThat(run(arguments.toArray(String[]::new))).as(flag).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "serve --help, --cluster",
        "settings --help, --config",
        "migrate --help, --status",
        "rollback --help, --to=N",
        "purge --help, --older-than=TIME",
        "admin --help, revoke",
        "admin grant --help, EMAIL",
        "admin revoke --help, EMAIL",
        "admin list --help, list",
        "admin create --help, EMAIL",
        "admin reset-link --help, EMAIL",
        "invite --help, --days=N",
        "admin reset-mfa --help, EMAIL",
        "keys --help, rotate",
        "keys rotate --help, rotate",
        "import --help, FILE",
        "export --help, --output",
        "backup --help, --without-secrets",
        "restore --help, --verify",
        "health --help, --url=URL",
    })
    void showsACommandInItsHelpAndNotTheSettings(String command, String shown) {
        assertThat(run(command.split(" "))).isZero();
        assertThat(out.toString()).contains(shown, "parley settings").doesNotContain(flags());
    }

    @ParameterizedTest
    @CsvSource({
        "rollback, --to",
        "rollback --to=first, --to",
        "purge --older-than=30, --older-than",
        "purge --older-than=-1d, --older-than",
        "purge --older-than=40000d, --older-than",
        "admin, subcommand",
        "admin grant, EMAIL",
        "invite --role=owner, owner",
        "keys, subcommand",
        "audit, subcommand",
        "import --user=ada@example.org, FILE",
        "export, --user",
        "backup, FILE",
        "backup a.zip --passphrase, --passphrase",
        "restore --verify, FILE",
        "health --url=nowhere, --url",
        "keys rotate now, now",
        "keys rotate --http-port=first, http.port",
    })
    void endsWith2AndOneLineForAnIncompleteCommand(String command, String named) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("parley: ").contains(named).hasLineCount(1);
    }

    private static List<String> flags() {
        return SettingsCatalogue.bundled().settings().stream()
                .map(Setting::flag)
                .toList();
    }

    @Test
    void showsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("parley ");
    }

    @ParameterizedTest
    @CsvSource({
        "--http-prot=8081, --http-prot",
        "--http-port, --http-port",
        "swerve, swerve",
        "--http-port=first, http.port",
        "--database-url=nowhere, database.url",
        "--config=absent.yaml, absent.yaml",
    })
    void endsWith2AndOneLineForAWrongFlagCommandOrSetting(String argument, String named) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString()).startsWith("parley: ").contains(named).hasLineCount(1);
    }

    @Test
    void endsWith2AndOneLineForAnUnknownVariable() {
        environment.put("PARLEY_HTTP_PROT", "8081");

        assertThat(run("serve")).isEqualTo(2);
        assertThat(err.toString()).contains("PARLEY_HTTP_PROT").hasLineCount(1);
    }

    @Test
    void takesTheOldNameOfASettingAsAFlag() {
        assertThat(run("migrate", "--retention-deleted-days=week")).isEqualTo(2);
        assertThat(err.toString())
                .contains("retention.trash-days", "--retention-deleted-days")
                .hasLineCount(1);
    }

    @Test
    void letsAFlagWinOverTheEnvironmentWhereverItStands() {
        environment.put("PARLEY_HTTP_PORT", "environment");

        assertThat(run("--http-port=before", "migrate")).isEqualTo(2);
        assertThat(run("migrate", "--http-port=behind")).isEqualTo(2);
        assertThat(err.toString()).contains("before", "behind").doesNotContain("environment");
    }

    @Test
    void readsTheFileThatTheEnvironmentNames() throws Exception {
        var file = Files.writeString(directory.resolve("mine.yaml"), "htpp:\n  port: 1\n");
        environment.put("PARLEY_CONFIG", file.toString());

        assertThat(run("serve")).isEqualTo(2);
        assertThat(err.toString()).contains("htpp.port", "mine.yaml").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "serve",
        "migrate",
        "migrate --status",
        "rollback --to=1",
        "purge",
        "export --user=ada@example.org",
        "import pom.xml --user=ada@example.org",
        "admin grant ada@example.org",
        "admin revoke ada@example.org",
        "admin list",
        "admin create ada@example.org",
        "admin reset-link ada@example.org",
        "invite",
    })
    void endsWith1AndOneLineIfTheDatabaseCannotBeReached(String command) {
        environment.put("PARLEY_DATABASE_URL", "postgresql://ada:engine@127.0.0.1:1/parley");
        environment.put("PARLEY_DATA_DIR", directory.toString());
        environment.put("PARLEY_HTTP_PORT", "0");

        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("parley: ")
                .doesNotContain("engine")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        return Commands.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
