package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation of the contract, each part of its request spoiled in every way that could be thought of. */
@ExtendWith(SharedJarExtension.class)
class BadInputIT {
    /** Who sends the requests of an operation's id, until one of them may have used the account or the session up. */
    private final Map<String, TestUser> actors = new HashMap<>();

    @Test
    void isRefusedWhereItIsWrongAndKeptWhereItIsNot(ApiClient api, TestReporter reporter) {
        var scene = new ValidRequests(api);
        var cases = cases();
        assertThat(cases).hasSizeGreaterThan(1_000);
        reporter.publishEntry("ways to spoil a request", String.valueOf(cases.size()));

        var failures = cases.stream()
                .flatMap(tried -> failure(scene, tried).map(reason -> tried + ": " + reason).stream())
                .toList();
        assertThat(failures).isEmpty();
    }

    private static List<BadCase> cases() {
        return ApiContract.SERVED.operations().stream()
                .flatMap(operation ->
                        Stream.concat(new BadBodies(operation).cases(), new BadParameters(operation).cases()))
                .toList();
    }

    private Optional<String> failure(ValidRequests scene, BadCase tried) {
        var operation = tried.operation();
        try {
            var actor = actors.computeIfAbsent(operation.id(), id -> scene.actor(operation));
            var request = tried.spoil().apply(scene.request(operation, actor));
            var answer = actor.api().send(request);
            if (answer.succeeded()) actors.remove(operation.id());
            return BadInputCheck.on(tried, answer, actor.api());
        } catch (AssertionError | RuntimeException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }
}
