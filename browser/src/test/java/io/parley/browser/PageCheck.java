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

    /** Scrolling bodies, and fields that lie outside of the window. Tables and code scroll by themselves. */
    private static final String TOO_WIDE = """
        [...document.querySelectorAll('html, main')].filter((each) => each.scrollWidth > each.clientWidth)
            .concat([...document.querySelectorAll('main input, main button')].filter((each) =>
                each.checkVisibility() && !each.closest('.scroll, pre, .unseen')
                    && each.getBoundingClientRect().right > innerWidth))
            .map((each) => each.outerHTML.slice(0, 80))
        """;

    static void of(Page page, String name) {
        assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
        assertThat(page.locator("h1")).hasCount(1);
        var found = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(each -> REFUSED.contains(each.getImpact()))
                        .toList();
        Assertions.assertThat(found).as(name).isEmpty();
        Assertions.assertThat(page.evaluate(TOO_WIDE)).as("too wide in " + name).isEqualTo(List.of());
    }

    private PageCheck() {}
}
