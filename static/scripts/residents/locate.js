// Offers “Use my position” where the browser can tell it; the position goes only into the form that is sent.
for (const form of document.querySelectorAll("[data-locate]")) {
  if (!("geolocation" in navigator)) {
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.latitude.value) {
      return;
    }
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude;
        form.elements.longitude.value = coords.longitude;
        form.submit();
      },
      () => {
        form.querySelector("[data-locate-refused]").hidden = false;
      },
      { timeout: 10000, maximumAge: 600000 },
    );
  });
}
