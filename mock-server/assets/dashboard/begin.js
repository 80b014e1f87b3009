// Every view is there: the page begins.

views.sort((one, other) => MENU.indexOf(one.name) - MENU.indexOf(other.name));
begin();
