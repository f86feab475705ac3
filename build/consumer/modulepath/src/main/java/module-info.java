module org.example {
  requires dev.gimbal;
}
