a {
} x
