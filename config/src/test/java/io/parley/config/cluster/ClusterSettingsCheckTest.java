package io.parley.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.cli.Terminal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process refuses to join others with. */
class ClusterSettingsCheckTest {
    private static final Map<String, String> FIT = Map.of(
            "PARLEY_DATABASE_URL", "postgresql://ada:engine@127.0.0.1:1/parley",
            "PARLEY_JWT_SECRET", "a secret of all, 32 bytes or longer",
            "PARLEY_KEYS_KEYSET", "{}",
            "PARLEY_CLUSTER_PASSWORD", "the password of all",
            "PARLEY_HTTP_PORT", "0");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "PARLEY_DATABASE_URL, '', database.url",
        "PARLEY_JWT_SECRET, '', jwt.secret",
        "PARLEY_KEYS_KEYSET, '', keys.keyset",
        "PARLEY_CLUSTER_PASSWORD, '', cluster.password",
        "PARLEY_CLUSTER_PASSWORD, short, cluster.password",
        "PARLEY_CLUSTER_HOST, 0.0.0.0, cluster.host",
        "PARLEY_CLUSTER_HOST, 203.0.113.7, cluster.host",
        "PARLEY_CLUSTER_HOST, 2001:db8::7, cluster.host",
        "PARLEY_CLUSTER_HOST, nowhere.invalid, cluster.host",
        "PARLEY_CLUSTER_MEMBERS, 10.0.0.1, cluster.members",
        "PARLEY_CLUSTER_ROLES, 'gateway,cooks', cluster.roles",
        "PARLEY_CLUSTER_ROLES, '', cluster.roles",
        "PARLEY_CLUSTER_TLS_KEY, node.key, cluster.tls-key",
    })
    void namesTheSettingThatKeepsItOut(String variable, String value, String setting) {
        refuses(setting, Map.of(variable, value), "serve", "--cluster");
    }

    @Test
    void needsNoDatabaseWhereOnlyTheGatewayRuns() {
        refuses(
                "jwt.secret",
                Map.of("PARLEY_DATABASE_URL", "", "PARLEY_JWT_SECRET", ""),
                "--cluster",
                "--roles=gateway");
    }

    @Test
    void needsTheSigningKeyWhereTheUsersModuleRuns() {
        refuses("jwt.secret", Map.of("PARLEY_JWT_SECRET", ""), "--cluster", "--roles=users");
    }

    @Test
    void leavesNoRoleOutWhereItIsAlone() {
        refuses("cluster.roles", Map.of(), "serve", "--roles", "users,tasks");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "::1, true",
        "10.1.2.3, true",
        "172.16.0.1, true",
        "172.32.0.1, false",
        "192.168.7.7, true",
        "fd00::1, true",
        "fe80::1, false",
        "169.254.1.1, false",
        "8.8.8.8, false",
    })
    void takesTheAddressesOfPrivateNetworks(String address, boolean isPrivate) throws UnknownHostException {
        assertThat(ClusterSettingsCheck.isPrivate(InetAddress.getByName(address)))
                .isEqualTo(isPrivate);
    }

    private void refuses(String setting, Map<String, String> settings, String... command) {
        var environment = new HashMap<>(FIT);
        environment.put("PARLEY_DATA_DIR", directory.toString());
        environment.putAll(settings);
        var outcome = new Terminal(environment).run(command);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("parley: " + setting + ": ").hasLineCount(1);
        assertThat(directory).isEmptyDirectory();
    }
}
