package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation of the contract with every known kind of bad input in each part of its request. A gateway in this process
 * gets all of them; those that it passes on to the modules are sent to the jar.
 */
@ExtendWith(SharedJarExtension.class)
class BadInputIT {
    @Test
    void isRefusedWhereItIsWrongAndKeptWhereItIsNot(ApiClient jar, TestReporter reporter) {
        var cases = cases();
        assertThat(cases).hasSizeGreaterThan(6_000);

        var gatewayResults = inGateway(cases);
        var passed = gatewayResults.stream()
                .filter(result -> !result.isRefused())
                .map(BadInputResult::tried)
                .toList();
        reporter.publishEntry("bad inputs", cases.size() + ", of them " + passed.size() + " sent to the jar");
        // Measured: 492 of 6478.
        assertThat(passed.size()).isBetween(cases.size() / 20, cases.size() / 4);

        var jarResults = new BadInputRun(new ValidRequests(jar)).all(passed);
        assertThat(failures(gatewayResults.stream().filter(BadInputResult::isRefused)))
                .isEmpty();
        assertThat(failures(jarResults.stream())).isEmpty();
    }

    private static List<BadCase> cases() {
        return ApiContract.SERVED.operations().stream()
                .flatMap(operation ->
                        Stream.concat(new BadBodies(operation).cases(), new BadParameters(operation).cases()))
                .toList();
    }

    private static List<BadInputResult> inGateway(List<BadCase> cases) {
        try (var gateway = new GatewayAlone()) {
            return new BadInputRun(ValidRequests.naming(gateway.api(), BadInputRun.ANY_ID)).all(cases);
        }
    }

    private static List<String> failures(Stream<BadInputResult> results) {
        return results.map(BadInputResult::failure).flatMap(Optional::stream).toList();
    }
}
