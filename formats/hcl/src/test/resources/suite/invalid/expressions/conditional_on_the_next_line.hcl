a = b ? c
  : d
