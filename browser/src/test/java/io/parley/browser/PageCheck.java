package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.assertj.core.api.Assertions;

/** What every page keeps to: its landmarks, nothing that axe finds serious, and nothing wider than the window. */
final class PageCheck {
    private static final List<String> REFUSED = List.of("serious", "critical");

    static void of(Page page, String name) {
        assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
        assertThat(page.locator("h1")).hasCount(1);
        var found = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(each -> REFUSED.contains(each.getImpact()))
                        .toList();
        Assertions.assertThat(found).as(name).isEmpty();
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " fits")
                .isEqualTo(true);
    }

    private PageCheck() {}
}
