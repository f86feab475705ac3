module org.example {
  requires dev.gimbal;

  opens org.example to
      dev.gimbal.core; // its records are bound

  provides dev.gimbal.source.SourceProvider with
      org.example.GreetingSources;
}
