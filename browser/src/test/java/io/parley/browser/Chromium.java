package io.parley.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser of this machine. */
final class Chromium implements AutoCloseable {
    // Of a machine that builds something else, too; Playwright's own 5 s were not enough there.
    private static final double LONGEST_WAIT = 20_000;

    private final Playwright playwright;
    final Browser browser;

    /** Skips the test if there is no browser, unless the tests are required. */
    static Chromium open() {
        var program = program();
        if (program.isEmpty() && !"required".equals(System.getenv("PARLEY_BROWSER_TESTS")))
            Assumptions.abort(
                    "BROWSER TESTS NOT RUN: no Chromium found (set CHROMIUM, or run apt-get install chromium)");
        return new Chromium(program.orElseThrow(() -> new AssertionError("no Chromium found; set CHROMIUM")));
    }

    private Chromium(Path program) {
        PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_WAIT);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program).setArgs(List.of("--no-sandbox")));
    }

    private static Optional<Path> program() {
        return Stream.of(
                        System.getenv("CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
