package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** If the database fails during an import, each line is stored completely or not at all; the rest can be imported later. */
class ImportFaultsIT {
    private static final String TRY_LATER = "The service is temporarily unavailable. Try again later.";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ParleyJar jar;

    private final JarDatabase database = JarDatabase.of(jar);
    private final ApiClient ada =
            TestUser.registered(new ApiClient(jar.uri()), "ada").api();
    private final ImportFile cargo = new ImportFile();

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), Map.of("PARLEY_LIMITS_IMPORTS", "2"));
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @Test
    void survivesTheEndOfAllConnections() throws IOException {
        var report = DatabaseFault.standstill(database, cargo.longLine(300)).during(sabotage -> {
            var loading = CompletableFuture.supplyAsync(this::load);
            sabotage.awaitStandstill(1);
            sabotage.cutConnections();
            return loading.join();
        });

        assertThat(failedLines(report)).contains(ImportFile.LONG_LINE).allMatch(line -> line >= ImportFile.LONG_LINE);
        assertTakenInExceptWhatFailed(report);
        assertTheRestComesInLater();
        assertNothingOfItInTheLog();
    }

    @Test
    void survivesAFullDisk() throws IOException {
        var report = DatabaseFault.fullDisk(database, cargo.longLine(300)).during(sabotage -> load());

        assertThat(failedLines(report)).containsExactly(ImportFile.LONG_LINE);
        assertTakenInExceptWhatFailed(report);
        assertTheRestComesInLater();
        assertNothingOfItInTheLog();
    }

    @Test
    void takesInWhatHasFailedSeveralTimes() {
        var reports = DatabaseFault.fullDisk(database, cargo.longLine(300))
                .during(sabotage -> Stream.generate(this::load).limit(5).toList());

        assertThat(reports).allSatisfy(report -> assertThat(failedLines(report)).contains(ImportFile.LONG_LINE));
        assertTheRestComesInLater();
    }

    @Test
    void takesInOnceWhatComesAgainWhileItStandsStill() {
        var reports = DatabaseFault.standstill(database, cargo.longLine(300)).during(sabotage -> {
            var loading = Stream.generate(() -> CompletableFuture.supplyAsync(this::load))
                    .limit(2)
                    .toList();
            sabotage.awaitStandstill(2);
            sabotage.letGo();
            return loading.stream().map(CompletableFuture::join).toList();
        });

        assertThat(reports.stream()
                        .mapToInt(report -> report.get("imported").asInt())
                        .sum())
                .isEqualTo(ImportFile.LINES);
        assertThat(cargo.foundWhole(ada)).hasSize(ImportFile.LINES);
    }

    private void assertTakenInExceptWhatFailed(JsonNode report) {
        var lost = failedLines(report);
        assertThat(report.get("failed").findValuesAsText("detail")).containsOnly(TRY_LATER);
        assertThat(report.get("imported").asInt()).isEqualTo(ImportFile.LINES - lost.size());
        assertThat(cargo.foundWhole(ada))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ImportFile.LINES)
                        .filter(line -> !lost.contains(line))
                        .boxed()
                        .toList());
    }

    private void assertTheRestComesInLater() {
        var before = cargo.foundWhole(ada);

        var report = load();

        assertThat(report.get("failed")).isEmpty();
        assertThat(report.get("unchanged").asInt()).isEqualTo(before.size());
        assertThat(cargo.foundWhole(ada)).hasSize(ImportFile.LINES);
    }

    private void assertNothingOfItInTheLog() throws IOException {
        assertThat(Files.readString(jar.output()))
                .isNotEmpty()
                .doesNotContain("INSERT INTO messages", "\tat ", cargo.longLine(300));
    }

    private JsonNode load() {
        return ada.within(PATIENCE)
                .send(ApiRequest.of("POST", "/api/v1/import").lines(cargo.document()))
                .expect(200)
                .json();
    }

    private static List<Integer> failedLines(JsonNode report) {
        return report.get("failed").findValues("line").stream()
                .map(JsonNode::asInt)
                .toList();
    }
}
