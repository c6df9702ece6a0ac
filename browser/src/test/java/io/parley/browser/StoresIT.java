package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the pages of the app share: values that are rendered again when they change. */
@ExtendWith(AppExtension.class)
class StoresIT {
    @Test
    void showWhatChangedBeforeTheEffectsOfTheFirstRender(Visitor ada) {
        ada.page.navigate("/");
        ada.page.evaluate("""
                async () => {
                    const main = document.querySelector('script[type=module][src*="/app/"]').src;
                    const { html, render, Store, useStore } = await import(main.replace(/\\/app\\/.*/, '/app/core/view.js'));
                    const store = new Store();
                    store.value = 'old';
                    const Value = () => html`<p id="value">${useStore(store).value}</p>`;
                    render(html`<${Value} />`, document.body.appendChild(document.createElement('div')));
                    store.value = 'new';
                    store.changed();
                }
                """);
        assertThat(ada.page.locator("#value")).hasText("new");
    }
}
