// Nothing yet: the README says what this package will hold.
export {}
