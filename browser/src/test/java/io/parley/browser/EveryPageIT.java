package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(AppExtension.class)
class EveryPageIT {
    private static final List<String> PAGES =
            List.of("/", "/tasks", "/search?q=help", "/trash", "/usage", "/settings", "/nowhere");

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isAccessibleAndFitsAPhone(ColorScheme colors, Visitor ada) {
        ada.registered();
        ada.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
        ada.page.setViewportSize(390, 800);
        for (var path : PAGES) {
            ada.page.navigate(path);
            assertThat(ada.page.getByRole(AriaRole.MAIN)).hasCount(1);
            assertThat(ada.page.locator("h1")).hasCount(1);
            var serious = new AxeBuilder(ada.page)
                    .analyze().getViolations().stream()
                            .filter(each -> List.of("serious", "critical").contains(each.getImpact()))
                            .toList();
            Assertions.assertThat(serious).as(path).isEmpty();
            Assertions.assertThat(ada.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(path)
                    .isEqualTo(true);
        }
    }

    @Test
    void isReachedByKeys(Visitor ada) {
        ada.registered();
        ada.page.keyboard().press("Control+k");
        assertThat(ada.role(AriaRole.SEARCHBOX, "Search")).isFocused();
        ada.page.keyboard().press("Control+Shift+O");
        assertThat(ada.field("Message")).isFocused();
        ada.role(AriaRole.LOG, "Messages").focus();
        ada.page.keyboard().press("?");
        assertThat(ada.role(AriaRole.DIALOG, "Keyboard shortcuts")).isVisible();
        ada.page.keyboard().press("Escape");
        assertThat(ada.role(AriaRole.LOG, "Messages")).isFocused();
    }
}
